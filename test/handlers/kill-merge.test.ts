/** Merging and moving while the functions' process dies after each of their calls, with the press sent again, and with nobody coming back. */
import { playKillScenes } from './kill-scene';
import { mergingScenes } from './scenes/merging';

playKillScenes(mergingScenes);
