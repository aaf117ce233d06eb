/** `npm run loadtest:install`: finds k6 or builds it, and says where. Exit 6 with the way to get one. */
import { buildK6, findK6, K6Missing } from '#run/find-k6';

const say = (text: string): void => console.error(text);
try {
  console.log(findK6(process.env) ?? buildK6(process.env, say));
} catch (error) {
  if (!(error instanceof K6Missing)) throw error;
  say(error.message);
  process.exitCode = error.exitCode;
}
