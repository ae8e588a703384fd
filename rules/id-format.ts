import { baseName, readId } from '../src/model/document.ts';
import type { FixPlan, FixStep } from '../src/model/fix.ts';
import { canonicalId } from '../src/model/id.ts';
import { identityPlace } from '../src/model/identity-place.ts';
import { movedTo } from '../src/model/move-fix.ts';
import { isPlaced } from '../src/model/place.ts';
import type { Rule, RuleContext } from '../src/model/rule.ts';

/** The id of the file name instead of one that means nothing: a guess. */
function replacedBy(id: string): FixPlan {
  return { safe: false, steps: [{ kind: 'set-value', key: 'id', value: id }] };
}

/** The id in its form, in the heading and the file name too where they repeat it as it was written. */
function inForm(id: string, written: string, context: RuleContext): FixPlan | undefined {
  const { facts, path } = context.document;
  const name = baseName(path);
  const steps: FixStep[] = [{ kind: 'set-value', key: 'id', value: id }];
  const title = facts.headings.find(({ depth, source }) => depth === 1 && source.startsWith(`${written} - `));
  if (title && isPlaced(title.words)) {
    const { line, column } = title.words;
    const place = { line, column, endLine: line, endColumn: column + written.length };
    steps.push({ kind: 'replace', place, text: id });
  }
  if (!name.startsWith(`${written}-`)) return { safe: true, steps };
  const move = movedTo(`${path.slice(0, -name.length)}${id}${name.slice(written.length)}`, context);
  return move && { safe: false, steps: [...steps, ...move.steps] };
}

const rule: Rule = {
  id: 'id-format',
  area: 'identity',
  severity: 'error',
  summary: "The id has its type's prefix, upper case, and its number of digits.",
  fixable: 'both',
  readsMore: true,
  check(facts, context) {
    const { document, types } = context;
    const { type, fileId } = document;
    // An id that is missing, or no text, is the business of frontmatter-schema.
    const written = facts.frontmatter?.data['id'];
    if (!type?.id || typeof written !== 'string') return [];
    const read = readId(written, types);
    if (read?.type === type && read.canonical === written) return [];
    const form = `the form \`${canonicalId(type.id, '1')}\``;
    const ofFile = fileId?.type === type ? `\`${fileId.canonical}\`` : form;
    const expected = read?.type === type ? `\`${read.canonical}\`` : ofFile;
    const whose = read && read.type !== type ? ` (the prefix of ${read.type.name})` : '';
    const found = written === '' ? 'empty id' : `id \`${written}\``;
    const own = read?.type === type ? read.canonical : undefined;
    const other = fileId?.type === type ? fileId.canonical : undefined;
    const fix = own === undefined ? other && replacedBy(other) : inForm(own, written, context);
    return [
      {
        message: `Unexpected ${found}${whose}, expected ${expected}`,
        place: identityPlace(facts),
        subject: 'id',
        ...(fix && { fix }),
      },
    ];
  },
};

export default rule;
