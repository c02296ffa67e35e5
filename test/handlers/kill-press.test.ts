/** Presses with effects outside the record: the functions' process dies after each of their calls; the same press, sent again, ends in one effect. */
import { playKillScenes } from './kill-scene';
import { outsideScenes } from './scenes/outside';

playKillScenes(outsideScenes);
