import { Component, type ReactNode } from 'react';
import { Failure } from '../session';
import { Failed } from './Empty';

/** A document the renderer refuses must not take the chrome down. */
export class DocumentBoundary extends Component<{ readonly children: ReactNode; readonly retry: () => void }, { readonly failure: Failure | null }> {
  override state = { failure: null as Failure | null };
  static getDerivedStateFromError(error: unknown): { failure: Failure } {
    return { failure: new Failure(0, error instanceof Error ? error.message : String(error)) };
  }
  override render(): ReactNode {
    const { failure } = this.state;
    return failure ? <Failed failure={failure} retry={() => this.setState({ failure: null }, this.props.retry)} /> : this.props.children;
  }
}
