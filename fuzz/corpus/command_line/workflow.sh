docker run --rm -e T=${{ secrets.T }} -v ${{ github.workspace }}:/w ${{ env.IMAGE }}:latest make
