// A busy machine is late now and then; what is wrong is wrong twice. The first failure is printed all the same.
jest.retryTimes(1, { logErrorsBeforeRetry: true });
