// Started by action.yml. An old Node has to understand this file, to be told that it is too old.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major > 20 || (major === 20 && minor >= 19)) {
  import('./main.mjs')
    .then(({ main }) => main(process.env))
    .then(
      (code) => {
        process.exitCode = code;
      },
      (error) => {
        console.error(error);
        process.exitCode = 2;
      },
    );
} else {
  console.log(
    `::error title=planproof::Node.js ${process.versions.node}, expected 20.19 or newer: put actions/setup-node before this step.`,
  );
  process.exitCode = 2;
}
