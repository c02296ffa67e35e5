/** A line for each test file, and each failure in full. Jest's own JSON on stdout would hide the rest. */
const { relative } = require('node:path');

module.exports = class Progress {
  onTestResult(_test, result) {
    const bad = result.numFailingTests > 0 || result.testExecError;
    const seconds = ((result.perfStats.end - result.perfStats.start) / 1000).toFixed(1);
    process.stderr.write(`  ${bad ? 'FAILED' : 'ok    '} ${relative(process.cwd(), result.testFilePath)} (${result.numPassingTests} passed, ${seconds} s)\n`);
    if (bad && result.failureMessage) process.stderr.write(`${result.failureMessage}\n`);
  }
};
