import { type ProblemCode, problemKind, problemSchema } from '@penstock/domain/problems';
import { expect } from 'vitest';
import type { ProxyAnswer } from '#http/middlewares';
import { type ApiName, documentedCalls, problemsOf } from '#openapi/document';

/**
 * Holds an answer against the API page: its status, its body's shape, its headers, its problem code. Every test that
 * enters by a handler passes here, so the page cannot promise what the code does not do.
 */
export const checkAnswer = (api: ApiName, route: string, answer: ProxyAnswer): void => {
  const call = documentedCalls[api][route];
  if (call === undefined) throw new Error(`${route} is not documented.`);
  expect(answer.headers['x-server-time']).toMatch(/^\d{13}$/);
  expect(answer.headers['x-correlation-id']).toMatch(/^[A-Za-z0-9-]{8,64}$/);
  const body: unknown = JSON.parse(answer.body);
  if (answer.statusCode >= 400) {
    checkProblem(problemsOf(api, call), answer, body);
    return;
  }
  const documented = call.answers[answer.statusCode];
  expect(documented, `${route} answered ${answer.statusCode}`).toBeDefined();
  expect(answer.headers['content-type']).toBe('application/json');
  expect(documented?.schema?.safeParse(body).error).toBeUndefined();
};

const checkProblem = (codes: readonly ProblemCode[], answer: ProxyAnswer, body: unknown): void => {
  expect(answer.headers['content-type']).toBe('application/problem+json');
  const problem = problemSchema.strict().parse(body);
  expect(codes).toContain(problem.code);
  expect(problem).toMatchObject({
    type: `/problems/${problem.code}`,
    status: answer.statusCode,
    title: problemKind(problem.code).title,
    message: problem.detail,
    correlationId: answer.headers['x-correlation-id'],
  });
  expect(problemKind(problem.code).status).toBe(answer.statusCode);
  for (const violation of problem.violations ?? []) {
    expect(violation.pointer).toMatch(/^\//);
    expect(violation.message).not.toBe('');
    expect(violation.remedy).not.toBe('');
  }
  if (answer.statusCode === 429 || answer.statusCode === 503)
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
};
