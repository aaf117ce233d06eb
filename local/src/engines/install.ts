import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Engine, engineFolder, engines, isInstalled } from '#engines/catalogue';

/**
 * `npm run engines`: fetches ElasticMQ and DynamoDB Local from Maven Central into .penstock/engines. They are the second
 * engines of the contract suites, and the way to run where the embedded database has no package. Exit code 6 when Java
 * or Maven is missing, 1 when the download fails; an engine that is already there is left alone.
 */
const missingTool = 6;

const install = (engine: Engine): void => {
  if (isInstalled(engine)) {
    console.error(`${engine.name} ${engine.version} is already in ${engineFolder(engine)}.`);
    return;
  }
  console.error(`Fetching ${engine.name} ${engine.version} …`);
  const work = mkdtempSync(join(tmpdir(), 'penstock-engines-'));
  try {
    writeFileSync(join(work, 'pom.xml'), pomOf(engine));
    const jars = join(work, 'jars');
    const result = spawnSync(
      'mvn',
      [
        '--batch-mode',
        '--quiet',
        'dependency:copy-dependencies',
        `-DoutputDirectory=${jars}`,
        '-DincludeScope=runtime',
      ],
      { cwd: work, stdio: ['ignore', 'inherit', 'inherit'] },
    );
    if (result.status !== 0 || !existsSync(jars) || readdirSync(jars).length === 0)
      throw new TypeError(`Maven could not fetch ${engine.name} ${engine.version}; its own words are above.`);
    const folder = engineFolder(engine);
    mkdirSync(join(folder, '..'), { recursive: true });
    rmSync(folder, { recursive: true, force: true });
    moveFolder(jars, folder);
    console.error(`${engine.name} ${engine.version}: ${readdirSync(folder).length} files in ${folder}.`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
};

const pomOf = (engine: Engine): string => `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>penstock</groupId><artifactId>engines</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>${engine.group}</groupId><artifactId>${engine.artifact}</artifactId><version>${engine.version}</version>
  </dependency></dependencies>
</project>
`;

/** A rename shows the folder whole or not at all; across file systems it needs a copy beside the target first. */
const moveFolder = (from: string, to: string): void => {
  const beside = `${to}.new`;
  rmSync(beside, { recursive: true, force: true });
  const copied = spawnSync('cp', ['-R', from, beside]);
  if (copied.status !== 0) throw new TypeError(`The files could not be copied to ${beside}: ${copied.stderr}`);
  renameSync(beside, to);
};

const findMissingTool = (): string | undefined =>
  ['java', 'mvn'].find((tool) => spawnSync(tool, ['-version']).status !== 0);

const missing = findMissingTool();
if (missing === undefined) {
  for (const engine of engines) install(engine);
} else {
  const what = missing === 'java' ? 'Java 17 or newer' : 'Maven 3.8 or newer';
  console.error(
    `The engines need ${what}, and \`${missing}\` is not on the PATH. On Debian or Ubuntu: sudo apt install ${missing === 'java' ? 'openjdk-17-jre-headless' : 'maven'}`,
  );
  process.exitCode = missingTool;
}
