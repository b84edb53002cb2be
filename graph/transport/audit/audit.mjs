// Runs every audit of graphql-http against the server at the address given, as the GraphQL-over-HTTP specification
// wants a server to behave. Prints a line for each that fails and how many passed; the exit status is 0 if all did.
import { serverAudits } from 'graphql-http';

const url = process.argv[2];
if (!url) {
  console.error('Say which server: node audit.mjs http://localhost:8080/graphql');
  process.exit(2);
}

let passed = 0;
let failed = 0;
for (const audit of serverAudits({ url })) {
  let reason;
  try {
    const result = await audit.fn();
    if (result.status === 'ok') {
      passed++;
      continue;
    }
    reason = result.reason;
  } catch (error) {
    reason = error.cause?.message ?? error.message;
  }
  failed++;
  console.log(`${audit.id}  ${audit.name}: ${reason}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
