import { checkHost, checkPath } from '../../src/model/http-route';

describe('a host of an Ingress', () => {
  test.each(['localhost', 'shop.localhost', 'shop.example.com', '*.example.com', '*.localhost', 'a-b.c1', '1.example.com'])('%s is one', (host) => {
    expect(checkHost('host', host)).toEqual([]);
  });

  test.each([
    '', '*', '*.', '*example.com', 'a.*.com', '*.*.com', 'Shop.example.com', 'shop.example.com.', 'shop_example', 'shop.example.com:8080', 'https://shop.example.com',
    'shop.example.com/cart', '10.0.0.1', '::1', `${'a'.repeat(64)}.com`, 'shop example',
  ])('%j is none', (host) => {
    expect(checkHost('host', host)).toMatchObject([{ code: 'HOST', severity: 'error', field: 'host', value: host }]);
  });
});

describe('a path of an Ingress', () => {
  test.each(['/', '/cart', '/cart/', '/a.b', '/..a', '/a..', '/.hidden', '/a/.b', '/a%2e', '/a b', '/%2'])('%s is one', (path) => {
    expect(checkPath('path', path)).toEqual([]);
  });

  test.each([
    ['', 'starts with /'], ['cart', 'starts with /'], ['//', 'contain //'], ['/a//b', 'contain //'], ['/./a', 'contain /./'],
    ['/a/../b', 'contain /../'], ['/a%2fb', 'contain %2f'], ['/a%2Fb', 'contain %2F'], ['/a/..', 'contain /..'], ['/a/.', 'contain /.'], ['/.', 'contain /.'], ['/..', 'contain /..'],
  ])('%j is none: %s', (path, why) => {
    const complaints = checkPath('path', path);
    expect(complaints).toMatchObject([{ code: 'PATH', field: 'path', value: path }]);
    expect(complaints[0]?.rule).toContain(why);
  });
});
