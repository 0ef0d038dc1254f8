"""The harness itself, on a stand-in that publishes what the annotator publishes."""

STAND_IN = '''
import anywidget, traitlets

class StandIn(anywidget.AnyWidget):
    points = traitlets.List().tag(sync=True)
    _esm = """
    export default {
      render({ model, el }) {
        const shadow = el.attachShadow({ mode: "open" });
        shadow.innerHTML = `<div class="br" role="region" data-ready="true">
          <div data-camera='{"scale":0.5,"x":10,"y":20}' style="height:200px"></div>
        </div>`;
        const stage = shadow.querySelector("[data-camera]");
        const root = shadow.querySelector(".br");
        for (const kind of ["pointerdown", "pointerup"]) {
          stage.addEventListener(kind, (event) => {
            const box = stage.getBoundingClientRect();
            const x = (event.clientX - box.x - 10) / 0.5;
            const y = (event.clientY - box.y - 20) / 0.5;
            model.set("points", [...model.get("points"), [x, y]]);
            model.save_changes();
          });
        }
        const show = () => root.setAttribute("data-frame", model.get("points").length);
        model.on("change:points", show);
        show();
      },
    };
    """

w = StandIn()
'''


def test_a_gesture_on_the_stage_reaches_the_kernel_in_picture_pixels(open_notebook):
    notebook = open_notebook(STAND_IN, "w")
    notebook.run_all()
    notebook.widget().draw_box(40, 60, 200, 100)
    points = notebook.kernel_poll("w.points", lambda points: len(points) == 2)
    assert points == [[40, 60], [240, 160]]


def test_reload_keeps_the_kernel_and_restart_empties_it(open_notebook):
    notebook = open_notebook(STAND_IN, "w")
    notebook.run_all()
    notebook.widget().click(40, 60)
    notebook.kernel_poll("len(w.points)", lambda count: count == 2)

    notebook.reload()
    assert notebook.widget().root.get_attribute("data-frame") == "2"
    notebook.widget().click(40, 60)
    notebook.kernel_poll("len(w.points)", lambda count: count == 4)

    notebook.restart_kernel()
    assert notebook.kernel("'w' in globals()") is False
    notebook.run_all()
    assert notebook.widget().root.get_attribute("data-frame") == "0"
