import { useSignalEffect } from "@preact/signals";
import type { Notice } from "../store/view.ts";
import { PlainButton } from "./Button.tsx";
import { useApp } from "./chrome.ts";
import { Icon } from "./icons.tsx";

/** How long a notice stays, in milliseconds; an error stays until it is closed. */
const STAY: Record<Notice["level"], number | null> = { info: 6000, warning: 10_000, error: null };

/** The newest message, over the lower edge of the stage. */
export function NoticeBar() {
  const { view } = useApp();
  useSignalEffect(() => {
    const notice = view.notice.value;
    const stay = notice && STAY[notice.level];
    if (typeof stay !== "number") {
      return;
    }
    const timer = setTimeout(() => {
      if (view.notice.peek() === notice) {
        view.notice.value = null;
      }
    }, stay);
    return () => clearTimeout(timer);
  });
  const notice = view.notice.value;
  if (notice === null) {
    return null;
  }
  return (
    <div class={`notice ${notice.level}`} role={notice.level === "error" ? "alert" : undefined}>
      {notice.level !== "info" && <Icon name="warning" />}
      <span class="sp">{notice.text}</span>
      <PlainButton
        title="Close this message"
        icon="close"
        onClick={() => {
          view.notice.value = null;
        }}
      />
    </div>
  );
}

/** Speaks what is announced; errors speak for themselves. */
export function LiveRegion() {
  const { view } = useApp();
  return (
    <div class="live" role="status" aria-live="polite">
      {view.announcement.value}
    </div>
  );
}
