/**
 * Held by the compiler: the props this site draws of each UI Kit component, and those it refuses, are together exactly the props of
 * the installed `@forge/react`. After an update of that package a new prop is a type error here, by name.
 */
import type { TCheckboxGroup } from '@atlaskit/forge-react-types';
import type * as UIKit from '@forge/react';
import type { Component, DRAWN, REFUSED, XCSS } from '../../local-site/view/src/uikit/contract';

/** RequiredAsterisk has no props; CheckboxGroup also takes those of the older config panel. */
type Plain = Exclude<Component, 'RequiredAsterisk' | 'CheckboxGroup'>;
type Contract = { [Name in Plain]: Parameters<(typeof UIKit)[Name]>[0] } & { CheckboxGroup: Parameters<TCheckboxGroup<unknown>>[0] };

type Refused<Name> = Name extends keyof typeof REFUSED ? (typeof REFUSED)[Name][number] : never;
type Listed<Name extends Component> = (typeof DRAWN)[Name][number] | Refused<Name>;
/** Names that are in one of the two only. */
type Difference<A, B> = Exclude<A, B> | Exclude<B, A>;

type Wrong = { [Name in keyof Contract]: Difference<Listed<Name>, keyof Contract[Name]> };
type Styles = Extract<keyof NonNullable<Contract['Box']['xcss']>, `${Lowercase<string>}${string}`>;

type Nothing<T extends never> = T;
export type Held = Nothing<Wrong[keyof Contract]>;
export type StylesHeld = Nothing<Difference<(typeof XCSS)[number], Exclude<Styles, `${'@' | ':'}${string}`>>>;
