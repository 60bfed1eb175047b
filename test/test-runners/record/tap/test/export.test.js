import {missing} from '../src/add.js';
missing();
