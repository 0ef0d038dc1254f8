/** What the pointer does, by place, as the help shows it: the gesture, and what it is for. */
export const GESTURES: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  "Pointer on the picture": [
    ["Drag inside a box", "Move it"],
    ["Drag a handle", "Resize; Shift keeps the ratio, Alt the centre"],
    ["Drag the knob", "Turn; Shift by 15°"],
    ["Click again", "The next box of a pile"],
    ["Drag beside the boxes", "Select what the band touches; Shift adds, and begins on a box too"],
    ["Shift+click, Ctrl+click", "Add to the selection, or take from it"],
    ["Drag one of several selected", "Move them all"],
    ["Double-click a box", "Zoom to it"],
    ["Wheel", "Zoom at the pointer"],
    ["Ctrl+drag, middle button", "Pan"],
    ["Two fingers", "Pan and zoom"],
  ],
  "Pointer on the timeline": [
    ["Press, drag on ruler or overview", "Go to a frame, scrub"],
    ["Drag the overview's window", "Choose what the lanes show"],
    ["Shift+drag", "Select a range of frames"],
    ["Click a lane, a keyframe", "Select it and go there"],
    ["Double-click a bar", "Add a keyframe"],
    ["Drag a keyframe", "Move it; Alt copies it"],
    ["Shift+click keyframes, drag across", "Select several"],
    ["Drag an end of a bar, of a hatch", "Start, end, occlude there"],
    ["Ctrl+drag a bar", "Move the track in time"],
    ["Wheel on ruler, Ctrl+wheel", "Zoom the frames"],
    ["Shift+wheel", "Pan the frames"],
  ],
};
