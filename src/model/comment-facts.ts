import { isControlComment, parseControl } from './control.ts';
import { DirectiveError, isDirectiveComment, parseItemDirectives } from './directive.ts';
import type { OpenFacts, Prose } from './facts.ts';
import type { ItemBox } from './item-box.ts';

/** What of the facts of a text its comments tell. */
type CommentFacts = Pick<OpenFacts, 'controls' | 'directives' | 'directiveProblems'>;

function noteControl({ controls, directiveProblems }: CommentFacts, { text, place }: Prose): void {
  const control = parseControl(text, place);
  if (typeof control === 'string') directiveProblems.push({ message: control, place });
  else controls.push(control);
}

function noteDirective(
  { directives, directiveProblems }: CommentFacts,
  comment: Prose,
  box: ItemBox | undefined,
): void {
  directives.push(comment);
  try {
    const own = parseItemDirectives(comment.text);
    if (box) box.directives.push(...own);
    else
      throw new DirectiveError(
        'Unexpected directive outside a checklist item, expected it behind the words of an item',
      );
  } catch (error) {
    if (!(error instanceof DirectiveError)) throw error;
    directiveProblems.push({ message: error.message, place: comment.place });
  }
}

/**
 * Notes what a comment says to planproof; most say nothing.
 *
 * @param comment what stands inside of it, and where it stands as a whole
 * @param box of the item that it stands in
 */
export function noteComment(facts: CommentFacts, comment: Prose, box: ItemBox | undefined): void {
  if (isControlComment(comment.text)) noteControl(facts, comment);
  else if (isDirectiveComment(comment.text)) noteDirective(facts, comment, box);
}
