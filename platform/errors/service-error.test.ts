import { badInput } from '#platform/errors';

test('an argument at fault is named in the message and as a path', () => {
  const error = badInput(['period', 'range', 'from'], 'lies after to; send an earlier instant.');
  expect(error.message).toBe('period.range.from: lies after to; send an earlier instant.');
  expect([error.code, error.field, error.httpStatus]).toEqual(['BAD_USER_INPUT', ['period', 'range', 'from'], 400]);
});
