// Makes the software bill of materials, for tools that look for known vulnerabilities: CycloneDX 1.6 as JSON. The same
// components always give the same text. Pure.

import { createHash } from 'node:crypto';
import { ComponentType, HashAlgorithm } from '@cyclonedx/cyclonedx-library/Enums';
import * as Models from '@cyclonedx/cyclonedx-library/Models';
import { JSON as Json, JsonSerializer } from '@cyclonedx/cyclonedx-library/Serialize';
import { isSupportedSpdxId } from '@cyclonedx/cyclonedx-library/SPDX';
import { Spec1dot6 } from '@cyclonedx/cyclonedx-library/Spec';
import { inOrder } from './component.ts';
import type { Component } from './component.ts';

const ALGORITHMS = { 'SHA-256': HashAlgorithm['SHA-256'], 'SHA-512': HashAlgorithm['SHA-512'] } as const;

export interface Product {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}

export function sbomOf(product: Product, components: readonly Component[]): string {
  const main = new Models.Component(ComponentType.Application, product.name, {
    version: product.version,
    bomRef: `${product.name}@${product.version}`,
    licenses: new Models.LicenseRepository([licenceOf(product.licence)]),
  });
  const bom = new Models.Bom({ metadata: new Models.Metadata({ component: main }) });
  for (const component of inOrder(components)) {
    const listed = modelOf(component);
    bom.components.add(listed);
    main.dependencies.add(listed.bomRef);
  }
  const serializer = new JsonSerializer(new Json.Normalize.Factory(Spec1dot6));
  const options = { sortLists: true, space: 1 };
  bom.serialNumber = serialNumberFor(serializer.serialize(bom, options));
  return `${serializer.serialize(bom, options)}\n`;
}

function modelOf({ name, version, licence, purl, hash, place }: Component): Models.Component {
  return new Models.Component(ComponentType.Library, name, {
    ...(version === '*' ? {} : { version }),
    bomRef: purl,
    purl,
    hashes: new Models.HashDictionary(hash === null ? [] : [[ALGORITHMS[hash.algorithm], hash.hex]]),
    licenses: new Models.LicenseRepository(licence === null ? [] : [licenceOf(licence)]),
    properties: new Models.PropertyRepository([new Models.Property('tabpy-tray:usedIn', place)]),
  });
}

function licenceOf(expression: string): Models.License {
  return isSupportedSpdxId(expression) ? new Models.SpdxLicense(expression) : new Models.LicenseExpression(expression);
}

/** A UUID (version 8) made from the content, so that it changes only with the content. */
function serialNumberFor(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return `urn:uuid:${parts.join('-')}`;
}
