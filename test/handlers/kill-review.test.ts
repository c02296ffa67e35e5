/** Presses in a review, whose process dies. */
import { playKillScenes } from './kill-scene';
import { reviewScenes } from './scenes/review';

playKillScenes(reviewScenes);
