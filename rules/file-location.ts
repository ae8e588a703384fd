import { baseName } from '../src/model/document.ts';
import { identityPlace } from '../src/model/identity-place.ts';
import { movedTo } from '../src/model/move-fix.ts';
import type { Rule } from '../src/model/rule.ts';

const rule: Rule = {
  id: 'file-location',
  area: 'identity',
  severity: 'error',
  summary: "The document lies below its type's folder.",
  fixable: 'unsafe',
  readsMore: true,
  check(facts, context) {
    const { type, root, folderType, path } = context.document;
    if (!type || root === undefined || folderType === type) return [];
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/'))) || '.';
    const expected = root === '' ? type.folder : `${root}/${type.folder}`;
    const fix = movedTo(`${expected}/${baseName(path)}`, context);
    return [
      {
        message: `Unexpected folder \`${folder}\`, expected \`${expected}\` for the type \`${type.name}\``,
        place: identityPlace(facts),
        subject: 'folder',
        ...(fix && { fix }),
      },
    ];
  },
};

export default rule;
