import base from "./base.css";
import compact from "./compact.css";
import controls from "./controls.css";
import forced from "./forced.css";
import help from "./help.css";
import menu from "./menu.css";
import palette from "./palette.css";
import panel from "./panel.css";
import rail from "./rail.css";
import review from "./review.css";
import stage from "./stage.css";
import status from "./status.css";
import timeline from "./timeline.css";
import tokens from "./tokens.css";
import toolbar from "./toolbar.css";
import transport from "./transport.css";

const regions = [
  toolbar,
  rail,
  stage,
  transport,
  timeline,
  panel,
  review,
  status,
  menu,
  help,
  palette,
];

/** The stylesheet of a widget's shadow root: what comes later wins. */
export const styles: string = [tokens, base, controls, ...regions, compact, forced].join("\n");
