import matter from 'gray-matter';
import { parseDocument, type Document as YamlDocument } from 'yaml';

/** gray-matter's other engines run code or read other formats: each is shut, whatever the fence says. */
function shutEngine(): never {
  throw new Error('Only YAML frontmatter is read');
}

/** gray-matter with the `yaml` package as its only engine; undefined when there is nothing but comments. */
export function readYaml(yaml: string): YamlDocument.Parsed | undefined {
  const engine = {
    // gray-matter hands over the text from the line end of the opening fence on.
    parse: (source: string): object => {
      // uniqueKeys is quadratic in yaml 2; duplicate keys are looked for below, in one pass.
      const document = parseDocument(source.slice('\n'.length), { uniqueKeys: false, prettyErrors: false });
      return { document };
    },
    stringify: shutEngine,
  };
  const shut = { parse: shutEngine, stringify: shutEngine };
  const engines = { yaml: engine, js: shut, javascript: shut, json: shut, coffee: shut, cson: shut, toml: shut };
  const { data } = matter(`---\n${yaml}\n---\n`, { language: 'yaml', delimiters: '---', engines });
  return (data as { document?: YamlDocument.Parsed }).document;
}
