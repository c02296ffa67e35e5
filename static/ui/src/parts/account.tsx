/** Who looks at this screen. Only for what is remembered here and for words such as “mine”; the backend proves it anew. */
import { createContext, useContext } from 'react';

const Account = createContext<string | null>(null);
export const AccountProvider = Account.Provider;

/** Account id; null: nobody is signed in, or the host does not say. */
export function useAccount(): string | null {
  return useContext(Account);
}
