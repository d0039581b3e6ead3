// Quiet while all is well: a failed test is told in full, and the last line counts them.

export default async function* reporter(events) {
  let passed = 0;
  let failed = 0;
  for await (const { type, data } of events) {
    if (type === "test:pass" && data.details.type !== "suite") passed += 1;
    if (type === "test:fail" && data.todo !== undefined) {
      yield `known fault: ${data.name} (${data.todo})\n`;
    } else if (type === "test:fail" && data.details.type !== "suite") {
      failed += 1;
      yield `\nfailed: ${data.name}\n  ${data.file}:${data.line}\n${told(data.details.error)}\n`;
    }
    if (type === "test:stderr" || type === "test:stdout") yield data.message;
    if (type === "test:diagnostic" && data.level === "error") yield `${data.message}\n`;
  }
  yield `${passed} passed, ${failed} failed\n`;
}

function told(error) {
  const cause = error.cause ?? error;
  const text = cause.stack ?? String(cause);
  return text.replace(/^/gm, "  ");
}
