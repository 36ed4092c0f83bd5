// What a signed-in page can do beyond what its HTML does by itself.

import { live } from "./live.js"
import "./live-bar.js"
import "./live-inbox.js"
import "./live-thread.js"
import "./menus.js"
import "./news.js"
import "./note-composer.js"
import "./notice-settings.js"
import "./notices.js"
import "./presence.js"
import "./reply-composer.js"
import "./segment-counter.js"
import "./together.js"
import "./waiting.js"
import "./zone-hint.js"
import "./failing.js"
import "./finding.js"
import "./keys.js"
import "./signing-out.js"
import "./writing-modes.js"

live.start()
