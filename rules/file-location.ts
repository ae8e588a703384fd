import { identityPlace } from '../src/model/identity-place.ts';
import type { Rule } from '../src/model/rule.ts';

const rule: Rule = {
  id: 'file-location',
  area: 'identity',
  severity: 'error',
  summary: "The document lies below its type's folder.",
  *check(facts, { document: { type, root, folderType, path } }) {
    if (!type || root === undefined || folderType === type) return;
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/'))) || '.';
    const expected = root === '' ? type.folder : `${root}/${type.folder}`;
    yield {
      message: `Unexpected folder \`${folder}\`, expected \`${expected}\` for the type \`${type.name}\``,
      place: identityPlace(facts),
      subject: 'folder',
    };
  },
};

export default rule;
