// Settings of remark-cli in the benchmark: the recommended rules, and the schema of each document type.
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkLintFrontmatterSchema from 'remark-lint-frontmatter-schema';
import remarkPresetLintRecommended from 'remark-preset-lint-recommended';

// Relative to the working directory, which is a corpus.
const schemas = {
  '../schemas/plan.schema.json': ['dev_ops/plans/**/*.md'],
  '../schemas/adr.schema.json': ['dev_ops/adrs/**/*.md'],
  '../schemas/research.schema.json': ['dev_ops/research/**/*.md'],
  '../schemas/bug.schema.json': ['dev_ops/bugs/**/*.md'],
  '../schemas/backlog.schema.json': ['dev_ops/backlog/**/*.md'],
};

export default {
  plugins: [remarkFrontmatter, remarkGfm, remarkPresetLintRecommended, [remarkLintFrontmatterSchema, { schemas }]],
};
