// What every page starts. Each module stands alone and does nothing where its elements are absent.
import "./toasts.js";
import "./keyboard.js";
import "./forms.js";
import "./live.js";
import "./scroll.js";
