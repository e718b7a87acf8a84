import { describeLooks } from '../support/console-looks-tests.js';
import { VIEWS } from '../support/console-views.js';

describeLooks('who administers', VIEWS.administration);
