import { Component, type ReactNode } from 'react';

/** Keeps a fault in one part (code that no longer loads, a drawing error) from taking the rest of the screen with it. */
export class Boundary extends Component<{ readonly fallback: ReactNode; readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }
  override render(): ReactNode {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}
