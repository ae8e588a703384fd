import { type Finding, type Fix, fingerprints } from '../model/finding.ts';
import { packageVersion } from '../model/package-files.ts';
import { rulePage } from '../model/rule-page.ts';
import { type Json, jsonText, uriPath } from './escape.ts';
import type { Report, RuleSummary } from './report.ts';

type JsonObject = Record<string, unknown>;

const artifact = (file: string): JsonObject => ({ uri: uriPath(file), uriBaseId: '%SRCROOT%' });

/** Brackets before a round one would be a link. */
const message = (text: string): JsonObject => ({ text: text.replace(/\[(?=[^\]]*\]\()/g, '\\[') });

function fix({ edits }: Fix): JsonObject {
  const files = [...new Set(edits.map(({ file }) => file))];
  return {
    description: { text: 'What planproof lint --fix does' },
    artifactChanges: files.map((file) => ({
      artifactLocation: artifact(file),
      replacements: edits
        .filter((edit) => edit.file === file)
        .map(({ start, end, text }) => ({
          deletedRegion: { byteOffset: start, byteLength: end - start },
          insertedContent: { text },
        })),
    })),
  };
}

function result(finding: Finding, mend: Fix | null, ruleIndex: number, fingerprint: string | undefined): JsonObject {
  const { file, line, column, endLine, endColumn, help, cause } = finding;
  const because = cause ? `Caused by ${cause.file}: ${cause.change}` : undefined;
  return {
    ruleId: finding.rule,
    ruleIndex,
    level: finding.severity,
    message: message([finding.message, help, because].filter((part) => part !== undefined).join('\n')),
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifact(file),
          region: { startLine: line, startColumn: column, endLine, endColumn },
        },
      },
    ],
    partialFingerprints: { 'planproof/v1': fingerprint },
    ...(mend && mend.edits.length > 0 ? { fixes: [fix(mend)] } : {}),
  };
}

const descriptor = ({ id, severity, summary }: RuleSummary): JsonObject => ({
  id,
  shortDescription: { text: summary },
  helpUri: rulePage(id),
  help: { text: `${summary} See ${rulePage(id)}`, markdown: `${summary} [More](${rulePage(id)})` },
  defaultConfiguration: { level: severity },
});

/** A SARIF 2.1.0 log, as code scanning takes it. */
export function sarif({ findings, rules, shard, fixOf }: Report): Json {
  const prints = fingerprints(findings);
  const position = new Map(rules.map(({ id }, index) => [id, index]));
  return jsonText({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'planproof',
            semanticVersion: packageVersion(),
            informationUri: 'https://www.npmjs.com/package/planproof',
            rules: rules.map(descriptor),
          },
        },
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The top of the repository.' } } },
        // Taken out again when the shards are merged.
        ...(shard ? { properties: { shard } } : {}),
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) =>
          result(finding, fixOf(finding), position.get(finding.rule) ?? -1, prints.get(finding)),
        ),
      },
    ],
  });
}
