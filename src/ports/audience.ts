/** Whom Confluence keeps a page to. */
import type { Who } from '../contract';
import type { Actor } from '../ports';

/** Those named for seeing the page; `canEdit`: for changing it too. Nobody at all: it is open to everybody who sees its space. */
export interface Audience {
  readonly people: readonly { readonly accountId: string; readonly canEdit: boolean }[];
  readonly groups: readonly { readonly id: string; readonly name: string; readonly canEdit: boolean }[];
}
/** Each change is safe to repeat. Throws AppFailure('page-refused') where Confluence does not let the actor. */
export interface PageAudience {
  /** null: the page is gone or hidden from the actor. */
  read(pageId: string, actor: Actor): Promise<Audience | null>;
  /** Only these and the app's own account see and change the page from now on. */
  keepTo(pageId: string, who: readonly Who[], actor: Actor): Promise<void>;
  /** Lifts what keeps anybody out. */
  open(pageId: string, actor: Actor): Promise<void>;
  /** Names one more, for seeing and changing. */
  add(pageId: string, who: Who, actor: Actor): Promise<void>;
  remove(pageId: string, who: Who, actor: Actor): Promise<void>;
  /** The group's name, asked as the calling user; null: there is none of this id, or not for them. */
  groupName(groupId: string): Promise<string | null>;
  /** The account the app acts as. */
  self(): Promise<string>;
}
