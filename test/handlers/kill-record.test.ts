/** Presses that change the record alone: the functions' process dies after each of their calls; the same press, sent again, ends in one effect. */
import { playKillScenes } from './kill-scene';
import { recordScenes } from './scenes/record';

playKillScenes(recordScenes);
