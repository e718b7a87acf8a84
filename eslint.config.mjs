import js from '@eslint/js';
import angular from 'angular-eslint';
import prettier from 'eslint-config-prettier';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** Sizes that CONTRIBUTING.md promises; a file aims at 150 lines and a function at 40. */
const sizes = {
  'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
  'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
  'max-depth': ['error', 3],
  'no-restricted-syntax': [
    'error',
    {
      selector: ':function[params.length>4]:not(MethodDefinition[kind="constructor"] > *)',
      message: 'More than four parameters: pass an object.',
    },
    {
      selector: 'MethodDefinition[kind="constructor"] > FunctionExpression[params.length>6]',
      message: 'More than six injected things: two services hide in this one.',
    },
    { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
  ],
};

const specSizes = {
  'max-lines': ['error', { max: 600 }],
  'max-lines-per-function': 'off',
  // Rows of a table of cases are spread over the parameters of its test.
  'no-restricted-syntax': 'off',
};

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '.angular/**',
      '.cache/**',
      'scripts/runtime/**',
      'client/src/app/core/api/schema.ts',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.mjs', '**/*.js', 'lumen'],
    languageOptions: { globals: globals.node },
    rules: sizes,
  },
  { files: ['client/public/**/*.js'], languageOptions: { globals: globals.browser } },
  { files: ['*.config.mjs', '.dependency-cruiser.mjs'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['server/**/*.ts', 'test/**/*.ts', 'scripts/**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./test/tsconfig.json', './test/bench/tsconfig.json', './scripts/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      ...sizes,
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
    },
  },
  {
    files: ['client/**/*.ts'],
    extends: [tseslint.configs.recommended, angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: {
      ...sizes,
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
    },
  },
  {
    files: ['client/**/*.html'],
    extends: [angular.configs.templateRecommended, angular.configs.templateAccessibility],
    rules: { 'max-lines': ['error', { max: 400 }] },
  },
  { files: ['**/*.spec.ts', 'test/**/*.ts'], rules: specSizes },
  prettier,
);
