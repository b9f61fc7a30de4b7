"""What the rules miss: candidates found generously, judged by small linear models.

::

    candidates (who × what, in a sentence) → features → model (weights in ``seeds/models``) → frames

``workbench_learned`` stands after ``workbench_frames`` and adds to its frames; ``train`` makes the weights.
"""
