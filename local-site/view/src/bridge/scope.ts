/** What one frame of the app is: which module, where it stands, and what the host does for it. */
import type { Session, WebModule } from '../../../web/api-types';

/** Hints for the app's context; they prove nothing. */
export interface Place {
  readonly contentId?: string;
  readonly spaceKey?: string;
  readonly issueKey?: string;
  readonly localId?: string;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly extra?: Readonly<Record<string, unknown>>;
}
export interface FrameDialog {
  close(payload?: unknown): void;
  /** Escape was pressed inside. Absent where it does not close. */
  escape?(): void;
  onClosing(work: () => unknown): void;
  /** Takes what the view collects; throws its refusal. Absent where nothing is collected. */
  submit?(payload: unknown): void;
}
export interface UiKitHost {
  /** The whole screen, on every commit of the app. */
  draw(forgeDoc: unknown): void;
  fail(message: string): void;
}
export interface FrameScope {
  readonly session: Session;
  readonly module: WebModule;
  /** As it is now: a macro's configuration changes while its frame stays. */
  readonly place: Place;
  /** Path under which a full-page module keeps its own locations; null for all others. */
  readonly basePath: string | null;
  /** Closes the dialog this frame stands in; null when it stands in a page. */
  readonly dialog: FrameDialog | null;
  setHeight(px: number): void;
  /** The app follows the page's color mode from now on. */
  setThemed(): void;
  /** Draws what a UI Kit surface renders; null for a page of the app's own. */
  readonly uiKit: UiKitHost | null;
  /** Undone when the frame goes or loads again. */
  readonly cleanup: Set<() => void>;
}
