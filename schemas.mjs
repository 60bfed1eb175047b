// Writes schemas/ from the schemas that the program itself reads with: `npm run schemas`.
import {mkdirSync, writeFileSync} from 'node:fs';
import {ledgerJsonSchema} from './source/workspace/ledger-json-schema.ts';

const folder = new URL('./schemas/', import.meta.url);
mkdirSync(folder, {recursive: true});
writeFileSync(new URL('ledger.schema.json', folder), ledgerJsonSchema());
