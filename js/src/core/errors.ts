/** A value that cannot stand in an annotation. */
export class AnnotationError extends Error {
  override name = "AnnotationError";
}

/** An edit that cannot be applied to the annotation it was given. */
export class EditError extends AnnotationError {
  override name = "EditError";
}
