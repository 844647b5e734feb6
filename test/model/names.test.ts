import fc from 'fast-check';
import { checkLabelName, checkLabelValue, checkObjectName, checkPortName, checkServiceName, isQualifiedName, isSubdomain, nearest } from '../../src/model/names';

const of = (length: number) => 'a'.repeat(length);
const almostNames = fc.string({ maxLength: 80, unit: fc.constantFrom('a', 'b', '1', '-', '.', 'A', 'é') });

describe('a Service name is an RFC 1035 label', () => {
  test.each(['a', 'web', 'a-b', 'a--b', 'a1', 'my-database', of(63)])('%s is one', (name) => {
    expect(checkServiceName('name', name)).toEqual([]);
  });

  test.each([
    ['', 'name'], ['1web', 'svc-1web'], ['-web', 'web'], ['web-', 'web'], ['Web', 'web'], ['my.web', 'my-web'], ['my_web', 'my-web'],
    ['web\n', 'web'], ['wéb', 'w-b'], [of(64), of(63)], ['..', 'name'], ['1'.repeat(63), `svc-${'1'.repeat(59)}`], [`${of(62)}-b`, of(62)],
  ])('%j is none, and %s is offered instead', (name, offered) => {
    const [complaint, ...more] = checkServiceName('name', name);
    expect(more).toEqual([]);
    expect(complaint).toMatchObject({ code: 'NAME_RFC1035', severity: 'error', field: 'name', value: name });
    expect(complaint?.fix).toContain(` ${offered}.`);
  });

  it('offers nothing that it would refuse', () => {
    fc.assert(fc.property(almostNames, (name) => {
      const offered = checkServiceName('name', name)[0]?.fix.match(/e\.g\. (\S+)\.$/)?.[1];
      return offered === undefined || checkServiceName('name', offered).length === 0;
    }));
  });
});

describe('a namespace is an RFC 1123 label', () => {
  test.each(['a', '1', '1a', 'a-1', of(63)])('%s is one', (name) => expect(checkLabelName('name', name)).toEqual([]));

  test.each(['', '-a', 'a-', 'a.b', 'A', 'a_b', of(64)])('%j is none', (name) => {
    expect(checkLabelName('name', name)).toMatchObject([{ code: 'NAME_RFC1123', value: name }]);
  });

  it('takes every Service name, and offers nothing that it would refuse', () => {
    fc.assert(fc.property(almostNames, (name) => {
      if (checkServiceName('name', name).length === 0) expect(checkLabelName('name', name)).toEqual([]);
      const offered = checkLabelName('name', name)[0]?.fix.match(/e\.g\. (\S+)\.$/)?.[1];
      return offered === undefined || checkLabelName('name', offered).length === 0;
    }));
  });
});

describe('a port name is an IANA service name', () => {
  test.each(['a', 'http', 'http-2', '8080a', 'a1', 'x1-y2-z3', of(15)])('%s is one', (name) => expect(checkPortName('name', name)).toEqual([]));

  test.each(['', '8080', '80-80', 'Http', 'http_2', 'http--2', '-http', 'http-', 'grpc.web', of(16)])('%j is none', (name) => {
    expect(checkPortName('ports[0].name', name)).toMatchObject([{ code: 'PORT_NAME', field: 'ports[0].name', value: name }]);
  });
});

describe('DNS names, label values and qualified names', () => {
  test.each([
    ['a', true], ['a.b', true], ['1.2', true], ['a-b.c', true], [`${of(63)}.b`, true], [[of(63), of(63), of(63), of(61)].join('.'), true],
    ['', false], ['.a', false], ['a.', false], ['a..b', false], ['A.b', false], ['-a.b', false], ['a.-b', false], ['a_b', false], ['*.a', false],
    [`${of(64)}.b`, false], [[of(63), of(63), of(63), of(62)].join('.'), false],
  ])('%s as a DNS name: %s', (name, fits) => {
    expect(isSubdomain(name)).toBe(fits);
    expect(checkObjectName('name', name).map(({ code }) => code)).toEqual(fits ? [] : ['NAME_SUBDOMAIN']);
  });

  it('offers only label values and object names that it takes', () => {
    fc.assert(fc.property(almostNames, (text) => {
      for (const check of [checkLabelValue, checkObjectName]) {
        const offered = check('name', text)[0]?.fix.match(/e\.g\. (\S+)\.$/)?.[1];
        if (offered !== undefined) expect(check('name', offered)).toEqual([]);
      }
    }));
  });

  test.each([
    ['', true], ['a', true], ['1.2.3', true], ['v1_a-B.c', true], [of(63), true],
    ['1.0+build', false], ['-a', false], ['a.', false], ['a b', false], ['a/b', false], [of(64), false],
  ])('%j as a label value: %s', (value, fits) => expect(checkLabelValue('version', value).map(({ code }) => code)).toEqual(fits ? [] : ['LABEL_VALUE']));

  test.each([
    ['grpc', true], ['kubernetes.io/h2c', true], ['a.b/C_d.e', true], [`x/${of(63)}`, true],
    ['', false], ['/a', false], ['a/', false], ['a/b/c', false], ['A/b', false], ['a b', false], [`x/${of(64)}`, false],
  ])('%j as a qualified name: %s', (name, fits) => expect(isQualifiedName(name)).toBe(fits));
});

describe('the nearest name', () => {
  test.each([
    ['ordres', 'orders'], ['order', 'orders'], ['orderss', 'orders'], ['orders', 'orders'], ['whoaim', 'whoami'],
    ['orde', 'orders'], ['ord', undefined], ['payments', undefined], ['', undefined],
  ])('of %s is %s', (name, expected) => {
    expect(nearest(name, ['orders', 'whoami', 'blue-service'])).toBe(expected);
  });

  it('is within two edits, and there whenever a name is', () => {
    const name = fc.string({ minLength: 3, maxLength: 12 });
    fc.assert(fc.property(name, fc.nat(), fc.nat(), (known, a, b) => {
      const once = known.slice(0, a % known.length) + known.slice((a % known.length) + 1);
      const twice = once.slice(0, b % (once.length + 1)) + '!' + once.slice(b % (once.length + 1));
      return nearest(twice, [known]) === known;
    }));
  });
});
