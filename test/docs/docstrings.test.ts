import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import * as ts from 'typescript';

const ROOT = join(__dirname, '../..');
const { entryPoints } = JSON.parse(readFileSync(join(ROOT, 'typedoc.json'), 'utf8')) as { readonly entryPoints: readonly string[] };
const { exports: entries } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly exports: Readonly<Record<string, unknown>> };

/** Users pass it on and look at nothing in it. */
const OPAQUE = ['World'];

const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(join(ROOT, 'tsconfig.build.json'), ts.sys.readFile).config, ts.sys, ROOT);
const program = ts.createProgram(entryPoints.map((path) => join(ROOT, path)), options);
const checker = program.getTypeChecker();

interface Documented {
  readonly name: string;
  readonly symbol: ts.Symbol;
}

const exported = unique(entryPoints.flatMap((path) => {
  const source = program.getSourceFile(join(ROOT, path));
  const file = source && checker.getSymbolAtLocation(source);
  return file ? checker.getExportsOfModule(file) : [];
}).map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol)));

const members = exported.filter(({ name }) => !OPAQUE.includes(name)).flatMap(({ name, symbol }): Documented[] => (
  (symbol.declarations ?? []).filter((node) => ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node))
    .flatMap((node): (ts.TypeElement | ts.ClassElement | ts.ParameterDeclaration)[] => [...node.members, ...parameterProperties(node)])
    .filter((node) => node.name !== undefined && !(ts.getCombinedModifierFlags(node) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)))
    .flatMap((node) => {
      const member = node.name && checker.getSymbolAtLocation(node.name);
      return member ? [{ name: `${name}.${member.name}`, symbol: member }] : [];
    })
));

/** Fields set by `constructor(readonly name: …)`. */
function parameterProperties(node: ts.InterfaceDeclaration | ts.ClassDeclaration): ts.ParameterDeclaration[] {
  const [constructor] = ts.isClassDeclaration(node) ? node.members.filter(ts.isConstructorDeclaration) : [];
  return [...(constructor?.parameters ?? [])].filter((parameter) => ts.isParameterPropertyDeclaration(parameter, parameter.parent));
}

function unique(symbols: readonly ts.Symbol[]): Documented[] {
  return [...new Set(symbols)].map((symbol) => ({ name: symbol.name, symbol }));
}

const place = ({ name, symbol }: Documented): string => `${relative(ROOT, symbol.declarations?.[0]?.getSourceFile().fileName ?? '')} ${name}`;
const isDocumented = ({ symbol }: Documented): boolean => ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim() !== '';
const hasDefault = ({ symbol }: Documented): boolean => symbol.getJsDocTags(checker).some((tag) => tag.name === 'default');
/** A field with one possible value tells types apart and says all itself. */
const isLabel = ({ symbol }: Documented): boolean => checker.getTypeOfSymbol(symbol).isLiteral();

describe('the public API', () => {
  test('is what the package exports', () => {
    expect(entryPoints).toHaveLength(Object.keys(entries).filter((path) => !path.includes('*') && !path.endsWith('.json')).length);
    expect(exported.length).toBeGreaterThan(80);
    expect(members.length).toBeGreaterThan(250);
  });

  test('has a docstring for every export', () => {
    expect(exported.filter((each) => !isDocumented(each)).map(place)).toEqual([]);
  });

  test('has a docstring for every property and method', () => {
    expect(members.filter((each) => !isDocumented(each) && !isLabel(each)).map(place)).toEqual([]);
  });

  test('says of every option what it is when it is left out', () => {
    const optional = members.filter(({ symbol }) => symbol.flags & ts.SymbolFlags.Optional);
    expect(optional.length).toBeGreaterThan(100);
    expect(optional.filter((each) => !hasDefault(each)).map(place)).toEqual([]);
  });
});
