// A busy machine is late now and then; what is wrong is wrong twice. The first failure is printed all the same. At once, because
// the tests of a file share one cluster: what comes later has changed it.
jest.retryTimes(1, { logErrorsBeforeRetry: true, retryImmediately: true });
