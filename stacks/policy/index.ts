import { readFileSync } from 'node:fs';
import { PolicyPack } from '@pulumi/policy';
import { parseProfile } from '../../src/explain';
import { findingPolicies } from '../../src/pulumi/policies';

/** What the resources cannot say of their cluster; the same file as `ladder check --profile` takes. */
const file = process.env['LADDER_PROFILE'];

new PolicyPack('service-ladder', { policies: findingPolicies(file === undefined ? {} : parseProfile(readFileSync(file, 'utf8'), file)) });
