// Reads all documents below dev_ops/, and does nothing with them: what reading alone costs.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

for (const entry of readdirSync('dev_ops', { recursive: true, withFileTypes: true }))
  if (entry.isFile()) readFileSync(join(entry.parentPath, entry.name));
