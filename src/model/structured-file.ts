import {
  findNodeAtLocation,
  getNodeValue,
  type Node as JsonNode,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { type Entry, entryAt, type Frontmatter, readFrontmatter } from './frontmatter.ts';
import { FILE_START, LineTable, type Place } from './place.ts';

/** JSON, JSON with comments, or YAML, with the place of every value. */
export interface StructuredFile {
  readonly data: unknown;
  readonly errors: readonly { readonly message: string; readonly place: Place }[];
  /** The place of the value at a JSON pointer; of the nearest one above where there is none. */
  valueAt(pointer: string): Place;
  /** The place of the key at a JSON pointer; that of the value in a list. */
  keyAt(pointer: string): Place;
}

const segments = (pointer: string): (string | number)[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^(0|[1-9][0-9]*)$/.test(part) ? Number(part) : part));

function readJson(text: string, comments: boolean): StructuredFile {
  const lines = new LineTable(text);
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: comments, disallowComments: !comments });
  const nodeAt = (pointer: string): JsonNode | undefined => {
    for (const path = segments(pointer); root; path.pop()) {
      const node = findNodeAtLocation(root, path) ?? findNodeAtLocation(root, path.map(String));
      if (node || path.length === 0) return node;
    }
    return undefined;
  };
  const placeOf = (node: JsonNode | undefined): Place =>
    node ? lines.place(node.offset, node.offset + node.length) : FILE_START;
  return {
    data: root ? (getNodeValue(root) as unknown) : undefined,
    errors: errors.map(({ error, offset, length }) => ({
      message: `Unreadable JSON: ${printParseErrorCode(error)}`,
      place: lines.place(offset, offset + length),
    })),
    valueAt: (pointer) => placeOf(nodeAt(pointer)),
    keyAt: (pointer) => {
      const node = nodeAt(pointer);
      return placeOf(node?.parent?.type === 'property' ? node.parent.children?.[0] : node);
    },
  };
}

const FENCE = '---\n';

function up({ line, column, endLine, endColumn }: Place): Place {
  return { line: Math.max(1, line - 1), column, endLine: Math.max(1, endLine - 1), endColumn };
}

function nearestEntry(frontmatter: Frontmatter | undefined, pointer: string): Entry | undefined {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const entry = entryAt(frontmatter, at);
    if (entry) return entry;
  }
  return undefined;
}

/** Read as the frontmatter of a document is, so that the same subset of YAML holds. */
function readYaml(text: string): StructuredFile {
  const fenced = `${FENCE}${text}\n${FENCE}`;
  const frontmatter = readFrontmatter(fenced, new LineTable(fenced));
  return {
    data: frontmatter?.data,
    errors: (frontmatter?.problems ?? []).map(({ message, place }) => ({ message, place: up(place) })),
    valueAt: (pointer) => up(nearestEntry(frontmatter, pointer)?.value ?? FILE_START),
    keyAt: (pointer) => {
      const entry = nearestEntry(frontmatter, pointer);
      return up(entry?.key ?? entry?.value ?? FILE_START);
    },
  };
}

/** Reads a file by the ending of its name: `.yaml` and `.yml` as YAML, `.jsonc` as JSON with comments, else JSON. */
export function readStructured(fileName: string, text: string): StructuredFile {
  if (/\.ya?ml$/.test(fileName)) return readYaml(text);
  return readJson(text, fileName.endsWith('.jsonc'));
}
