import type { Rule } from '../src/model/rule.ts';
import documentLimit from './document-limit.ts';
import duplicateSection from './duplicate-section.ts';
import emptySection from './empty-section.ts';
import exitCriteria from './exit-criteria.ts';
import exitCriteriaComplete from './exit-criteria-complete.ts';
import fileLocation from './file-location.ts';
import fileName from './file-name.ts';
import frontmatterRequired from './frontmatter-required.ts';
import frontmatterSchema from './frontmatter-schema.ts';
import frontmatterSyntax from './frontmatter-syntax.ts';
import idFormat from './id-format.ts';
import internalError from './internal-error.ts';
import placeholder from './placeholder.ts';
import relationDuplicate from './relation-duplicate.ts';
import relationExists from './relation-exists.ts';
import relationSelf from './relation-self.ts';
import requiredRelations from './required-relations.ts';
import requiredSections from './required-sections.ts';
import sectionOrder from './section-order.ts';
import titleHeading from './title-heading.ts';
import uniqueId from './unique-id.ts';
import unknownDirective from './unknown-directive.ts';
import unknownType from './unknown-type.ts';
import unreadableDocument from './unreadable-document.ts';
import unusedDirective from './unused-directive.ts';
import workflowTemplate from './workflow-template.ts';

/** Every rule, in the order of docs/rules/README.md. A test holds this list, the files and the pages together. */
export const RULES: readonly Rule[] = [
  frontmatterRequired,
  frontmatterSyntax,
  frontmatterSchema,
  idFormat,
  fileName,
  fileLocation,
  titleHeading,
  uniqueId,
  requiredSections,
  sectionOrder,
  duplicateSection,
  emptySection,
  placeholder,
  requiredRelations,
  relationExists,
  relationSelf,
  relationDuplicate,
  exitCriteria,
  exitCriteriaComplete,
  workflowTemplate,
  internalError,
  unreadableDocument,
  documentLimit,
  unknownType,
  unknownDirective,
  unusedDirective,
];

/** The ids of all rules. */
export const RULE_IDS: readonly string[] = RULES.map((rule) => rule.id);
