/** What every part of one board needs to know of it. Stable while nothing here changes, so that parts are drawn only for their own news. */
import { createContext, useContext } from 'react';
import type { BoardRights, BoardView, IncidentHeadView, SchemeView } from '../../../../src/contract';

export interface BoardEnv {
  readonly incidentId: string;
  /** The board as it is at the moment of use, its newest read pass included. */
  board(): BoardView;
  /** What may be done now: nothing while the board shows the past. */
  readonly can: BoardRights;
  /** What severities ask for and which roles are offered. */
  readonly scheme: SchemeView;
  /** The time looked back to, epoch ms; null: the present. */
  readonly past: number | null;
  /** Server clock minus this computer's, ms. */
  readonly skew: number;
  /** Takes in the answer to a press and asks for what else changed. */
  accept(head: IncidentHeadView): void;
  refresh(): void;
  /** Brings a timeline entry into view; null: this board has no timeline. */
  readonly jump: ((entryId: string) => void) | null;
}

const Env = createContext<BoardEnv | null>(null);
export const EnvProvider = Env.Provider;

export function useEnv(): BoardEnv {
  const env = useContext(Env);
  if (env === null) throw new Error('EnvProvider is missing');
  return env;
}
