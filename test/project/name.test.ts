import fc from 'fast-check';
import { checkProjectName, nameFromFolder } from '../../src/project/name';

test.each([
  ['/home/me/shop', 'shop'],
  ['/home/me/My App', 'my-app'],
  ['/home/me/42', '42'],
  ['/home/me/ünïcode_Shop.v2', 'n-code-shop-v2'],
  [`/home/me/${'long-name-'.repeat(9)}`, 'long-name-long-name-long-name-long-name-long-name'],
  ['/home/me/___', ''],
  ['/', ''],
])('a project in %s is called %j', (folder, name) => {
  expect(nameFromFolder(folder)).toBe(name);
});

test.each([
  ['shop', []],
  ['a'.repeat(50), []],
  ['a'.repeat(51), ['NAME_TOO_LONG']],
  ['Shop', ['NAME_RFC1123']],
  ['@me/shop', ['NAME_RFC1123']],
  ['', ['NAME_RFC1123']],
  ['default', ['NAMESPACE_RESERVED']],
  ['kube-system', ['NAMESPACE_RESERVED']],
  ['kubernetes', []],
])('the name %j has the problems %j', (name, codes) => {
  expect(checkProjectName('--name', name).map(({ code }) => code)).toEqual(codes);
});

test('the name of any folder that has a letter or digit can be used, unless it is reserved', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', minLength: 1 }).map((name) => `/home/${name.replaceAll('/', '')}x`), (folder) => {
    expect(checkProjectName('', nameFromFolder(folder))).toEqual([]);
  }));
});
