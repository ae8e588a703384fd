import type { Finding } from '../model/finding.ts';
import { rulePage } from '../model/rule-page.ts';
import { join, type Xml, xml, xmlText } from './escape.ts';
import { closing, type Report, summarize } from './report.ts';

/** An error is a failed test; a warning is one that passed and has something to say. */
function testcase(finding: Finding): Xml {
  const { file, line, column, rule, severity, message, help } = finding;
  const name = xmlText(`${rule} at ${line}:${column}`);
  const text = xmlText([`${file}:${line}:${column} ${message}`, help ?? '', rulePage(rule)].filter(Boolean).join('\n'));
  const result =
    severity === 'error'
      ? xml`<failure type="${xmlText(rule)}" message="${xmlText(message)}">${text}</failure>`
      : xml`<system-out>${text}</system-out>`;
  return xml`    <testcase classname="${xmlText(file)}" name="${name}" file="${xmlText(file)}" line="${line}">${result}</testcase>`;
}

function suite(file: string, findings: readonly Finding[]): Xml {
  const failures = findings.filter(({ severity }) => severity === 'error').length;
  return join([
    xml`  <testsuite name="${xmlText(file)}" tests="${findings.length}" failures="${failures}" errors="0" skipped="0">`,
    ...findings.map(testcase),
    xml`  </testsuite>`,
  ]);
}

/** A JUnit report: a suite a file, a test a finding; without findings one test that passed, since an empty report is an error to many. */
export function junit(report: Report): Xml {
  const { findings } = report;
  const summary = summarize(report);
  const files = [...new Set(findings.map(({ file }) => file))];
  const suites = files.map((file) =>
    suite(
      file,
      findings.filter((finding) => finding.file === file),
    ),
  );
  const passed = xml`  <testsuite name="planproof" tests="1" failures="0" errors="0" skipped="0">
    <testcase classname="planproof" name="${xmlText(closing(report))}"/>
  </testsuite>`;
  return join([
    xml`<?xml version="1.0" encoding="UTF-8"?>`,
    xml`<testsuites name="planproof" tests="${Math.max(1, findings.length)}" failures="${summary.errors}" errors="0">`,
    ...(suites.length === 0 ? [passed] : suites),
    xml`</testsuites>\n`,
  ]);
}
