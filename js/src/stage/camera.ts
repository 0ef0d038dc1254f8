import { type Camera, type Point, toImage } from "../core/geometry.ts";

/** The picture is never shown smaller than this share of its own size. */
const MIN_SCALE = 0.02;
/** One picture pixel is never shown larger than this many css px. */
const MAX_SCALE = 40;

/** The camera scaled by a factor, the point of the stage held in place. */
export function zoomAt(camera: Camera, point: Point, factor: number): Camera {
  const wanted = Math.min(Math.max(camera.scale * factor, MIN_SCALE), MAX_SCALE);
  const whole = Math.round(wanted);
  // s * (1 / s) may miss 1 by the last bit.
  const scale = Math.abs(wanted - whole) < 1e-9 ? whole : wanted;
  const held = toImage(camera, point);
  const [x, y] = [point.x - held.x * scale, point.y - held.y * scale];
  // Where pixels of the picture are whole css px, they lie on them: nothing is blurred.
  return Number.isInteger(scale) ? { scale, x: Math.round(x), y: Math.round(y) } : { scale, x, y };
}

/** The camera moved by a vector of the stage. */
export function pan(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, x: camera.x + dx, y: camera.y + dy };
}

/** The camera that shows a rectangle of the picture in the middle of the stage, with room around it. */
export function zoomToRect(
  rect: { x: number; y: number; w: number; h: number },
  stage: { width: number; height: number },
): Camera {
  const room = 0.5;
  const fitting = Math.min((stage.width * room) / rect.w, (stage.height * room) / rect.h);
  const scale = Math.min(Math.max(fitting, MIN_SCALE), MAX_SCALE);
  return {
    scale,
    x: stage.width / 2 - (rect.x + rect.w / 2) * scale,
    y: stage.height / 2 - (rect.y + rect.h / 2) * scale,
  };
}

/** So much of the picture stays on the stage, in css px. */
const IN_SIGHT = 48;

/** The camera moved back as far as it takes for a part of the picture to stay on the stage. */
export function keepInSight(
  camera: Camera,
  stage: { width: number; height: number },
  picture: { width: number; height: number },
): Camera {
  const within = (start: number, length: number, room: number) => {
    const part = Math.min(IN_SIGHT, length, room);
    return Math.max(part - length, Math.min(start, room - part));
  };
  return {
    scale: camera.scale,
    x: within(camera.x, picture.width * camera.scale, stage.width),
    y: within(camera.y, picture.height * camera.scale, stage.height),
  };
}
